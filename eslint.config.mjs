import eslint from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

// The narrow waist: components lower to the model and know no target; targets know the model alone.
const boundaries = [
  { target: './constructs', from: ['./charts', './docker', './cli'] },
  { target: './constructs/model', from: './constructs', except: ['./model', './issue.ts'] },
  {
    target: './constructs/target',
    from: './constructs',
    except: ['./target', './model', './issue.ts', './environment', './policy', './shape'],
  },
  {
    target: './constructs/shape',
    from: './constructs',
    except: ['./shape', './model', './issue.ts', './closest.ts'],
  },
  { target: './constructs/policy', from: './constructs', except: ['./policy', './model', './issue.ts'] },
  { target: './charts', from: ['./docker', './cli'] },
  { target: './docker', from: ['./charts', './cli'] },
  {
    target: ['./charts', './docker'],
    from: './constructs',
    except: ['./target', './model', './policy', './environment', './issue.ts', './shape'],
  },
];

export default tseslint.config(
  { ignores: ['lib/', 'dist/', 'node_modules/', 'cdk8s.out/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    // Without the extension no import is resolved, and none is restricted.
    settings: { 'import-x/resolver': { node: { extensions: ['.ts'] } } },
    rules: {
      // Modules are loaded where they are needed, so that synth never pays for a deployment.
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-restricted-paths': ['error', { zones: boundaries, basePath: import.meta.dirname }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', { max: 250, skipBlankLines: false }],
    },
  },
  {
    files: ['constructs/**/*.ts', 'cli/**/*.ts'],
    ignores: ['constructs/target/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'BinaryExpression[operator=/^[!=]==?$/] > Literal[value=/^(docker|kubernetes)$/]',
          'BinaryExpression[operator=/^[!=]==?$/] > MemberExpression[property.name="target"]',
          'SwitchCase > Literal[value=/^(docker|kubernetes)$/]',
        ].map((selector) => ({
          selector,
          message:
            'Only a target knows its name: give Target (constructs/target/target.ts) a member for this.',
        })),
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        AbortSignal: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
        process: 'readonly',
      },
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        __dirname: 'readonly',
        console: 'readonly',
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
      },
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
