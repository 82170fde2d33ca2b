// A busy program: does nothing as fast as it can until it is killed, or so many ms have passed.
const endMs = Date.now() + Number(process.argv[2] ?? 0);
while (Date.now() < endMs);
