package rows_test

import (
	"fmt"

	"shopbell/app/ui/rows"
)

// A document is cut into lines once; a CodeView then draws only those on screen.
func Example() {
	d := rows.NewDocument([]byte("{\n  \"paid\": true\n}"), rows.JSON)
	fmt.Println(d.Lines(), "lines; the second is", string(d.Line(1)))
	// Output: 3 lines; the second is   "paid": true
}
