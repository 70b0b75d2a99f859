// Rotating
