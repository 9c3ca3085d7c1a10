//go:build !unix

package userfile

// nonblock has nothing to do where a path names no pipe that waits.
const nonblock = 0
