package signature

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
)

// body makes a JSON object of about size bytes.
func bodyOf(size int) string {
	return `{"id":"1","date":"2","items":["` + strings.Repeat(`a line","`, size/9) + `"]}`
}

func BenchmarkBareHMAC(b *testing.B) {
	for _, size := range []int{1500, 1 << 20} {
		body := []byte(bodyOf(size))
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				h := hmac.New(sha256.New, []byte("key"))
				h.Write(body)
				h.Sum(nil)
			}
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	for name, s := range map[string]Shared{"body": bodyScheme(SHA256, "sha256="), "fields": fieldScheme(), "list": listScheme()} {
		for _, size := range []int{1500, 1 << 20} {
			m := sign(b, s, post(bodyOf(size)), "key")
			keys := secrets("key")
			b.Run(fmt.Sprint(name, "/", size), func(b *testing.B) {
				b.SetBytes(int64(len(m.Body)))
				b.ReportAllocs()
				for b.Loop() {
					if v := s.Verify(m, keys, noon); v.Outcome != Verified {
						b.Fatal(v)
					}
				}
			})
		}
	}
}
