package redact_test

import (
	"fmt"

	"shopbell/inspector/redact"
)

// What is personal goes, what is not stays, and so does the shape.
func ExampleText() {
	fmt.Println(redact.Text(`{"customer":{"name":"Jana Nováková","email":"jana@example.com"},"order":{"id":1042,"note":"ring twice"}}`))
	fmt.Println(redact.Header("X-Forwarded-For", "185.36.169.12"))
	// Output:
	// {"customer":{"name":"•••• ••••••••","email":"••••@•••••••.•••"},"order":{"id":1042,"note":"ring twice"}}
	// •••.••.•••.••
}
