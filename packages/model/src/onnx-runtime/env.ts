/**
 * ONNX Runtime (1.29 and later) reports each process that uses it, with its command line, to its maker; a command line
 * names the user's files. It also matches the command line with a recursive expression that overflows the stack of a
 * thread when many files are named. Read when the library starts, so this file is evaluated before it.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
