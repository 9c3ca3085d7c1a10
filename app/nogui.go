//go:build headless

package main

import (
	"fmt"
	"io"
)

// openWindow says that this build has none.
func openWindow(_ places, _ []string, _, stderr io.Writer) int {
	fmt.Fprintln(stderr, "shopbell: this build has no window")
	fmt.Fprintln(stderr, noWindow)
	return 2
}
