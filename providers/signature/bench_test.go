package signature

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// body makes a JSON object of about size bytes.
func bodyOf(size int) string {
	return `{"id":"1","date":"2","items":["` + strings.Repeat(`a line","`, size/9) + `"]}`
}

// unixListScheme signs a time and the body, as Stripe does.
func unixListScheme() Shared {
	return Shared{Keyed: true, Algorithm: SHA256, Layout: Layout{Encoding: Hex, At: at("header:Stripe-Signature"),
		List:      List{Pairs: ",", Equals: "=", Keys: []string{"v1"}},
		Templates: templates("{timestamp}.{body}"),
		Timestamp: Timestamp{At: part("key:t"), Format: Unix, Tolerance: 5 * time.Minute}}}
}

// standardScheme is the one of standardwebhooks.com.
func standardScheme() Shared {
	return Shared{Keyed: true, Algorithm: SHA256, Secret: SecretForm{Strip: []string{"whsec_"}, Encoding: Base64},
		Layout: Layout{Encoding: Base64, At: at("header:webhook-signature"),
			List:      List{Pairs: " ", Equals: ",", Keys: []string{"v1"}},
			Templates: templates("{header:webhook-id}.{timestamp}.{body}"),
			Timestamp: Timestamp{At: part("header:webhook-timestamp"), Format: Unix, Tolerance: 5 * time.Minute}}}
}

// publicScheme signs a time and the body with a private key, as Discord does.
func publicScheme() PublicKey {
	return PublicKey{Algorithm: Ed25519, Layout: Layout{Encoding: Hex, At: at("header:X-Signature-Ed25519"),
		Templates: templates("{timestamp}{body}"),
		Timestamp: Timestamp{At: part("header:X-Signature-Timestamp"), Format: Unix, Tolerance: 5 * time.Minute}}}
}

// BenchmarkVerify compares a check, with its evidence, to the bare HMAC of the
// same body in the same run: "%-of-bare" is how many checks are made in the
// time of a hundred of these.
func BenchmarkVerify(b *testing.B) {
	standard := "whsec_" + base64.StdEncoding.EncodeToString([]byte("a key of twenty-four byt"))
	for _, c := range []struct {
		name, secret string
		scheme       Shared
	}{
		{"body", "key", bodyScheme(SHA256, "sha256=")},
		{"list", "key", unixListScheme()},
		{"standard", standard, standardScheme()},
		{"two-forms-of-JSON", "key", listScheme()},
		{"fields", "key", fieldScheme()},
	} {
		for _, size := range []int{1500, 1 << 20} {
			m := sign(b, c.scheme, delivery(size), c.secret)
			keys := secrets(c.secret)
			key := []byte(c.secret)
			b.Run(fmt.Sprint(c.name, "/", size), func(b *testing.B) {
				compare(b, len(m.Body), func() {
					h := hmac.New(sha256.New, key)
					h.Write(m.Body)
					h.Sum(nil)
				}, func() {
					if v := c.scheme.Verify(m, keys, noon); v.Outcome != Verified {
						b.Fatal(v)
					}
				})
			})
		}
	}
}

// BenchmarkVerifyPublicKey is BenchmarkVerify against a bare ed25519.Verify.
func BenchmarkVerifyPublicKey(b *testing.B) {
	pair, _, err := NewPair(publicScheme())
	if err != nil {
		b.Fatal(err)
	}
	public, private, err := ed25519.GenerateKey(bytes.NewReader(make([]byte, 64)))
	if err != nil {
		b.Fatal(err)
	}
	m := sign(b, publicScheme(), delivery(1500), pair.Private)
	keys := secrets(pair.Public)
	sum := ed25519.Sign(private, m.Body)
	compare(b, len(m.Body), func() { ed25519.Verify(public, m.Body, sum) }, func() {
		if v := publicScheme().Verify(m, keys, noon); v.Outcome != Verified {
			b.Fatal(v)
		}
	})
}

// delivery has the fields that a server sees beside the signature.
func delivery(size int) Message {
	return post(bodyOf(size), "Host", "shop.example", "User-Agent", "Provider/1.0", "Accept", "*/*",
		"Content-Type", "application/json", "Content-Length", "1500", "Accept-Encoding", "gzip",
		"webhook-id", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W")
}

// compare runs both in turns, about a tenth of a millisecond each, so that
// whatever else the machine does hits both alike, and reports the medians.
func compare(b *testing.B, size int, bare, whole func()) {
	turn := max(1, 1<<17/size)
	both := [2]func(){bare, whole}
	var took [2][]time.Duration
	for n := 0; n < b.N; n += turn {
		for i, f := range both {
			start := time.Now()
			for range turn {
				f()
			}
			took[i] = append(took[i], time.Since(start)/time.Duration(turn))
		}
	}
	for i := range took {
		slices.Sort(took[i])
	}
	median := func(i int) float64 { return float64(took[i][len(took[i])/2]) }
	b.ReportMetric(0, "ns/op") // of both together, which says nothing
	b.ReportMetric(median(0), "ns/bare")
	b.ReportMetric(median(1), "ns/verify")
	b.ReportMetric(100*median(0)/median(1), "%-of-bare")
	b.ReportMetric(1e9/median(1), "verify/s")
	b.ReportMetric(testing.AllocsPerRun(100, whole), "allocs/verify")
}
