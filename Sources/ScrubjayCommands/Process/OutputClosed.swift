/// Nobody reads the output any more, so that there is nobody to do the rest of the work for, and nobody to tell.
struct OutputClosed: Error {}
