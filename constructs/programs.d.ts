// Programs that are shipped: the build and Jest load each as its text.
declare module '*.sh' {
  const program: string;
  export default program;
}

declare module '*.py' {
  const program: string;
  export default program;
}
