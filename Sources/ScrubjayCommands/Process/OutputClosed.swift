/// The error that nobody reads the output any more, so that the rest of the work is pointless and no message is needed.
struct OutputClosed: Error {}
