package look_test

import (
	"fmt"

	"shopbell/app/ui/look"
	"shopbell/providers/signature"
)

// Colours are asked for by name, sizes and statuses are put into words here.
func Example() {
	fmt.Println(look.ToneColor(signature.Caution), look.Bytes(1240), look.Status(502))
	// Output: shopbell.caution 1.2 kB 502 Bad Gateway
}
