package localapi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// backUp answers with a backup of the store. Its end is its checksum, so that a
// caller can tell one that was cut short.
func (a *api) backUp(w http.ResponseWriter, r *http.Request) {
	// A large store takes longer than any other answer.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{}) // fails only where there is no deadline
	w.Header().Set("Content-Type", "application/octet-stream")
	if err := a.backup(r.Context(), w); err != nil {
		panic(http.ErrAbortHandler) // the caller must not take it for whole
	}
}

// Backup writes a backup of the running Shopbell's store to w. The caller must
// check it, see badgerstore.ReadBackupHead.
func (c *Client) Backup(ctx context.Context, w io.Writer) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.file.URL+"/api/store/backup", nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+c.file.Token)
	resp, err := c.http.Do(r)
	if err != nil {
		return fmt.Errorf("asking the running Shopbell: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return faultOf(resp)
	}
	if _, err := io.Copy(w, resp.Body); err != nil {
		return fmt.Errorf("reading the running Shopbell's backup: %w", err)
	}
	return nil
}
