package exchange_test

import (
	"fmt"

	"shopbell/inspector/exchange"
	"shopbell/providers/signature"
)

func Example() {
	text, err := exchange.Curl(signature.Message{
		Method: "POST", URL: "https://quiet-fox.example/yshop/9f1c", Target: "/yshop/9f1c",
		Header: signature.Header{
			{Name: "Host", Value: "quiet-fox.example"}, {Name: "User-Agent", Value: "yshop/1"}, {Name: "Accept", Value: "*/*"},
			{Name: "Content-Type", Value: "application/json"},
		},
		Body: []byte(`{"name":"O'Neill"}`),
	})
	fmt.Print(text, err)
	// Output:
	// curl -X POST --http1.1 https://quiet-fox.example/yshop/9f1c \
	//   -H 'User-Agent: yshop/1' \
	//   -H 'Accept: */*' \
	//   -H 'Content-Type: application/json' \
	//   -H Expect: \
	//   --data-binary '{"name":"O'\''Neill"}'
	// <nil>
}
