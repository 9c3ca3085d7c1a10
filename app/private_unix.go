//go:build unix

package main

import "syscall"

// keepPrivate makes every file that this process creates its user's alone, also
// those of libraries: what providers send is nobody else's business.
func keepPrivate() { syscall.Umask(0o077) }
