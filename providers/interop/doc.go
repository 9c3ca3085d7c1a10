// Package interop lets the providers' own Go libraries judge what Shopbell
// signs, and lets Shopbell judge what they sign. It is a module of its own, so
// that the program depends on none of them. Start with judges_test.go.
package interop
