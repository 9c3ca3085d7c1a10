package signature_test

import (
	"fmt"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// A raw request is read, judged and put into words.
func Example() {
	raw := "POST /hook HTTP/1.1\r\nHost: shop.example\r\n" +
		"X-Hub-Signature-256: sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17\r\n\r\n" +
		"Hello, World!"
	m, err := signature.ReadMessage(strings.NewReader(raw), "", signature.ReadLimit{})
	if err != nil {
		fmt.Println(err)
		return
	}
	body, err := signature.ParseTemplate("{body}")
	if err != nil {
		fmt.Println(err)
		return
	}
	scheme := signature.Shared{
		Keyed: true, Algorithm: signature.SHA256, Layout: signature.Layout{
			Encoding: signature.Hex, Prefix: "sha256=",
			At:        []signature.Part{{Kind: signature.PartHeader, Name: "X-Hub-Signature-256"}},
			Templates: []signature.Template{body},
		},
	}
	secret := signature.NewSecret("#1", "It's a Secret to Everybody")
	v := scheme.Verify(m, []signature.Secret{secret}, time.Now())
	fmt.Println(v.Outcome.Symbol(v.Cover), v.Title())
	fmt.Println(v.Says())
	// Output:
	// ✓ Signature verified
	// The sender knows the secret and the body is intact.
}
