//go:build bench && linux

package bench

import (
	"io"
	"net/http"
)

// serveShop is the shop: it reads a delivery whole and says that it is fine.
func serveShop(address string) error {
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			http.Error(w, "the body ended early", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"received":true}`) // the sender may have gone
	}))
}
