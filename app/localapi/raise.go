package localapi

import (
	"context"
	"io"
	"net/http"
)

// raiseWindow brings the window of this process to the front.
func (a *api) raiseWindow(w http.ResponseWriter, r *http.Request) {
	if a.raise == nil {
		fail(w, http.StatusConflict, "this Shopbell has no window", "It was started with a command; stop it to open a window on its data folder.")
		return
	}
	a.raise()
	answer(w, http.StatusOK, struct {
		Raised bool `json:"raised"`
	}{true})
}

// Raise brings the window of the running Shopbell to the front. One that has no
// window answers with a Fault of status 409.
func (c *Client) Raise(ctx context.Context) error {
	return c.do(ctx, http.MethodPost, "/api/window/raise", []byte("{}"), func(io.Reader) error { return nil })
}
