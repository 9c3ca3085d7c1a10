package signature

import (
	"strings"
	"sync"
	"testing"
)

// Checks use the memory of earlier ones again, so that what one has read must
// never be seen by another, nor in its verdict.
func TestChecksOneAfterTheOtherAndAtOnceShareNothing(t *testing.T) {
	schemes := []Shared{bodyScheme(SHA1, ""), bodyScheme(SHA512, "sha512="), fieldScheme(), listScheme()}
	keys := secrets("other", "key")
	var all sync.WaitGroup
	for i := range 8 {
		s := schemes[i%len(schemes)]
		body := `{"id":"` + strings.Repeat(itoa(int64(i)), i) + `","date":"now"}`
		m := sign(t, s, post(body), "key")
		good, bad := marshal(t, s.Verify(m, keys, noon)), marshal(t, s.Verify(m, keys[:1], noon))
		all.Go(func() {
			for range 200 {
				if got := marshal(t, s.Verify(m, keys, noon)); got != good {
					t.Errorf("got %s, expected %s", got, good)
				}
				if got := marshal(t, s.Verify(m, keys[:1], noon)); got != bad {
					t.Errorf("got %s, expected %s", got, bad)
				}
			}
		})
	}
	all.Wait()
}

func TestNothingOfACheckStaysInItsMemory(t *testing.T) {
	s := bodyScheme(SHA256, "")
	m := sign(t, s, post(`{"a":1}`), "key")
	c := new(sharedCheck)
	c.scheme = s
	c.begin(&c.scheme.Layout, &c.scheme, m)
	if v := c.run(append(secrets("key"), Secret{Label: "bare", value: "a secret"}), noon); v.Outcome != Verified {
		t.Fatal(v)
	}
	copies, begun := c.copies, c.hasher.begun
	c.findings = findings{}
	c.forget()
	for _, b := range [][]byte{copies, begun.key, begun.inner, begun.outer, c.hasher.pad[:], c.hasher.sum[:]} {
		if strings.Trim(string(b), "\x00") != "" {
			t.Errorf("%q is still there", b)
		}
	}
	if c.m.Body != nil || c.room.keys[0].text != "" || c.fields != nil {
		t.Error("the message or its secret is still there")
	}
}

func TestASecretOfAnotherAlgorithmIsHashedAnew(t *testing.T) {
	key := NewSecret("#1", "key")
	for _, a := range []Algorithm{SHA256, SHA1, MD5, SHA512, SHA384, SHA256} {
		s := bodyScheme(a, "")
		m := sign(t, s, post("{}"), "key") // with a secret of its own
		expect(t, s.Verify(m, []Secret{key}, noon), Verified)
		expect(t, s.Verify(m, []Secret{{Label: "#1", value: "key"}}, noon), Verified)
	}
}
