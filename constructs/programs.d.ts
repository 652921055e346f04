// Shell and Python programs that Catamaran ships. An import gives the text of the program, in the build and in Jest.
declare module '*.sh' {
  const program: string;
  export default program;
}

declare module '*.py' {
  const program: string;
  export default program;
}
