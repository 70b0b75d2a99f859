// Collecting
