package signature

// Shape says in words what a signature's text looks like, for example "64 hex
// digits, as SHA-256 gives"; "" when it looks like none.
func Shape(text string) string { return shapeOf(text) }
