// Bundling
