/** Tells the compiler that style sheets may be imported; the bundler turns them into files. */
declare module '*.css';
