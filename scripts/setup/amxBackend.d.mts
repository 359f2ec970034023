/** @param modules a node_modules folder that may contain packages of `@node-llama-cpp` */
export function removeAmxBackends(modules: string): void;
