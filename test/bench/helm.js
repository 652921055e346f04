// A chart with the objects of the generated applications, so that `helm template` has the same to do.
const { spawnSync } = require('node:child_process');
const { mkdirSync, mkdtempSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const metadata = (name) => `metadata:
  name: ${name}
  namespace: {{ $app }}
  labels:
    app.kubernetes.io/name: {{ .name }}
    app.kubernetes.io/instance: {{ .name }}
    app.kubernetes.io/part-of: {{ $app }}
    app.kubernetes.io/managed-by: {{ $.Release.Service }}
    app.kubernetes.io/component: {{ .name }}
    owner: {{ $app }}`;

const template = `{{- range $number := until (int .Values.applications) }}
{{- $app := printf "app-%04d" (add $number 1) }}
---
apiVersion: v1
kind: Namespace
metadata:
  name: {{ $app }}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: {{ $app }}
value: 0
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default.deny
  namespace: {{ $app }}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
{{- range $.Values.workloads }}
---
apiVersion: v1
kind: ServiceAccount
${metadata('{{ .name }}')}
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
${metadata('{{ .name }}-files')}
immutable: true
data:
  users: |
    root:x:0:0:root:/root:/sbin/nologin
    app:x:{{ .user }}:{{ .user }}:app:/tmp:/sbin/nologin
---
apiVersion: v1
kind: Service
${metadata('{{ .name }}')}
spec:
  selector:
    app.kubernetes.io/instance: {{ .name }}
  ports:
    - name: main
      port: {{ .port }}
      targetPort: {{ .port }}
{{- if .public }}
---
apiVersion: v1
kind: Service
${metadata('{{ .name }}-public')}
spec:
  type: LoadBalancer
  selector:
    app.kubernetes.io/instance: {{ .name }}
  ports:
    - name: main
      port: {{ add 8001 $number }}
      targetPort: {{ .port }}
{{- end }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${metadata('{{ .name }}')}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/instance: {{ .name }}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        {{- range .from }}
        - podSelector:
            matchLabels:
              app.kubernetes.io/instance: {{ . }}
        {{- end }}
      ports:
        - port: {{ .port }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata('{{ .name }}')}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .name }}
---
apiVersion: apps/v1
kind: {{ .kind }}
${metadata('{{ .name }}')}
spec:
  replicas: {{ .replicas }}
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .name }}
  template:
    metadata:
      labels:
        app.kubernetes.io/instance: {{ .name }}
    spec:
      serviceAccountName: {{ .name }}
      priorityClassName: {{ $app }}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: {{ .user }}
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: {{ .name }}
          image: {{ .image | replace "NAME" $app | quote }}
          env: {{- toYaml .env | nindent 12 }}
          resources: {{- toYaml $.Values.resources | nindent 12 }}
          readinessProbe:
            tcpSocket:
              port: {{ .port }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: files
              mountPath: /etc/passwd
              subPath: users
      volumes:
        - name: files
          configMap:
            name: {{ .name }}-files
{{- end }}
{{- end }}
`;

const values = (applications) => ({
  applications,
  resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
  workloads: [
    {
      ...{ name: 'database', kind: 'StatefulSet', image: 'postgres:17', user: 999, port: 5432, replicas: 1 },
      ...{ from: ['backend'], env: [{ name: 'POSTGRES_DB', value: 'app' }] },
    },
    {
      ...{ name: 'backend', kind: 'Deployment', image: 'registry.example.com/NAME:1.0.0', user: 10001 },
      ...{ port: 8000, replicas: 2, from: ['proxy'], env: [{ name: 'LOG_LEVEL', value: 'info' }] },
    },
    {
      ...{ name: 'proxy', kind: 'Deployment', image: 'nginxinc/nginx-unprivileged:1.27', user: 101 },
      ...{ port: 8080, replicas: 1, from: [], env: [], public: true },
    },
  ],
});

/** Whether there is a `helm` on the PATH. */
function isThere() {
  return spawnSync('helm', ['version', '--short'], { stdio: 'ignore' }).status === 0;
}

/** Makes a chart of as many applications, and gives its folder. */
function chart(applications) {
  const folder = mkdtempSync(join(tmpdir(), 'catamaran-bench-helm-'));
  mkdirSync(join(folder, 'templates'));
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  writeFileSync(join(folder, 'values.yaml'), JSON.stringify(values(applications)));
  writeFileSync(join(folder, 'templates/applications.yaml'), template);
  return folder;
}

module.exports = { chart, isThere };
