package inspectortest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"shopbell/inspector/inspectortest"
	"shopbell/providers"
	"shopbell/providers/signature"
)

func deliver(t *testing.T, s *inspectortest.Shop, body string) inspectortest.Reply {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	reply, err := inspectortest.Send(ctx, s.URL().String(), signature.Message{
		Method: "POST", Target: "/hook", Header: signature.Header{{Name: "x-Odd", Value: "1"}}, Body: []byte(body),
	})
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func open(t *testing.T, o inspectortest.Options) *inspectortest.Shop {
	t.Helper()
	s, err := inspectortest.OpenShop(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestShopRemembersWhatItGotByteForByte(t *testing.T) {
	s := open(t, inspectortest.Options{})
	deliver(t, s, "abc")
	got := s.Await(1, 20*time.Second)
	want := "POST /hook HTTP/1.1\r\nx-Odd: 1\r\nHost: " + s.Addr() + "\r\nContent-Length: 3\r\n\r\n"
	if len(got) != 1 || string(got[0].Head) != want || string(got[0].Body) != "abc" {
		t.Errorf("it remembers %+v", got)
	}
}

func TestShopBooksADeliveryOnceUnlessForgetful(t *testing.T) {
	for forgetful, want := range map[bool]int{false: 1, true: 2} {
		s := open(t, inspectortest.Options{Forgetful: forgetful})
		for range 2 {
			deliver(t, s, `{"eventId":"e1"}`)
		}
		if got := s.Booked()["e1"]; got != want {
			t.Errorf("forgetful %v: booked %d times, expected %d", forgetful, got, want)
		}
	}
}

func TestShopAnswersTheProvidersThatAsk(t *testing.T) {
	s := open(t, inspectortest.Options{})
	if reply := deliver(t, s, `{"action":"check","email":"a@example.com"}`); !strings.Contains(string(reply.Body), `"customer":{"email":"a@example.com"`) {
		t.Errorf("Twisto was told %q", reply.Body)
	}
	if reply := deliver(t, s, `{"eventType":"payment.statusCheck","data":{"paymentId":"p1"}}`); !strings.Contains(string(reply.Body), `"paymentId":"p1"`) {
		t.Errorf("Everifin was told %q", reply.Body)
	}
}

func ExampleSamples() {
	catalog, err := providers.Embedded()
	if err != nil {
		fmt.Println(err)
		return
	}
	samples, err := inspectortest.Samples(catalog, time.Now())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range samples {
		fmt.Println(s.Provider, s.Outcome, s.Status)
	}
	// Output:
	// twisto unsigned 200
	// twisto unsigned 404
	// truust unsigned 200
	// truust unsigned 404
	// everifin verified 200
	// everifin mismatch 401
	// yshop verified 200
	// yshop mismatch 401
	// tweed verified 200
	// tweed mismatch 401
}
