package main

// keepPrivate does nothing: on Windows a file takes its rights from the folder,
// and those of a user's profile are the user's alone.
func keepPrivate() {}
