package providers_test

import (
	"fmt"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// A delivery of yshop.pl is judged by its catalogue entry.
func Example() {
	catalog, err := providers.Embedded()
	if err != nil {
		fmt.Println(err)
		return
	}
	p, _ := catalog.Get("yshop")
	e := p.Examples[0]
	v := p.Judge(e.Message, []signature.Secret{signature.NewSecret("#1", e.Secret)}, e.At)
	fmt.Println(p.Name, v.Outcome, v.Cover, v.Covered)
	fmt.Println(v.Says())
	// Output:
	// yshop.pl verified fields [json:id json:date]
	// The sender knows the secret, but only id and date are protected: the rest of the payload may have been changed.
}
