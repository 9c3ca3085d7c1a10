package inspector_test

import (
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestOnwardIsTheHeaderThatTheShopGets(t *testing.T) {
	c := inspector.Capture{From: "203.0.113.9:4711", Message: signature.Message{
		Method: "POST", Target: "/in", URL: "https://fox.example/in", Body: []byte("x=1"),
		Header: signature.Header{{Name: "hOST", Value: "fox.example"}, {Name: "Connection", Value: "close, X-Hop"}, {Name: "X-Hop", Value: "1"},
			{Name: "x-a", Value: "b: c"}, {Name: "Content-Length", Value: "3"}},
	}}
	got, err := inspector.Onward(c, "http://localhost:8080/hook?a=•••")
	if err != nil {
		t.Fatal(err)
	}
	want := signature.Header{{Name: "hOST", Value: "localhost:8080"}, {Name: "x-a", Value: "b: c"}, {Name: "Content-Length", Value: "3"},
		{Name: "X-Forwarded-For", Value: "203.0.113.9"}, {Name: "X-Forwarded-Host", Value: "fox.example"}, {Name: "X-Forwarded-Proto", Value: "https"}}
	if len(got) != len(want) {
		t.Fatalf("got %v, expected %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("field %d is %v, expected %v", i, got[i], want[i])
		}
	}
	if _, err := inspector.Onward(c, "no address"); err == nil {
		t.Error("a target that is no address is taken")
	}
}
