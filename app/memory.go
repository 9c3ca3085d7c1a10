package main

import (
	"math"
	"runtime/debug"
)

// memoryLimit is from where on the collector works harder rather than take more
// memory, in bytes. It is no bound: sixteen bodies of 32 MiB, received and kept
// at once, are 600 MiB that are in use. Without it the collector lets that double.
const memoryLimit = 700 << 20

// boundMemory sets the limit, unless GOMEMLIMIT in the environment did.
func boundMemory() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(memoryLimit)
	}
}
