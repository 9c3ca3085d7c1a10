package tunnel

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
)

// tap is what ngrok's library logs to. It keeps the token out of the log, keeps
// everything out of the default logger, and reads the one thing that the
// library tells nowhere else: the address in the service's reply to each bind.
type tap struct {
	log   *slog.Logger // nil drops all
	token string

	mu    sync.Mutex
	url   string
	binds int
}

func newTap(log *slog.Logger, token string) *tap { return &tap{log: log, token: token} }

func (t *tap) logger() *slog.Logger {
	handler := tapHandler{tap: t, out: slog.DiscardHandler}
	if t.log != nil {
		handler.out = t.log.Handler()
	}
	return slog.New(handler)
}

// bound returns the last address that the service gave, "" when none was seen,
// and how many it gave.
func (t *tap) bound() (string, int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.url, t.binds
}

// read looks for a reply to a bind: the library logs each reply under "resp",
// before it reports the reconnect.
func (t *tap) read(a slog.Attr) bool {
	if a.Key != "resp" {
		return true
	}
	text, err := json.Marshal(a.Value.Resolve().Any())
	if err != nil {
		return true
	}
	var reply struct{ Id, URL, Proto, Error string }
	if json.Unmarshal(text, &reply) != nil || reply.URL == "" || reply.Proto == "" || reply.Error != "" {
		return true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.url = reply.URL
	t.binds++
	return true
}

// clean returns a without the token. Values of the library's own types become
// text, because the service repeats a wrong token in its error messages.
func (t *tap) clean(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		v = slog.StringValue(scrub(v.String(), t.token))
	case slog.KindAny:
		v = slog.StringValue(scrub(fmt.Sprintf("%+v", v.Any()), t.token))
	case slog.KindGroup:
		var group []slog.Attr
		for _, inner := range v.Group() {
			group = append(group, t.clean(inner))
		}
		v = slog.GroupValue(group...)
	}
	return slog.Attr{Key: a.Key, Value: v}
}

// tapHandler is the slog side of a tap.
type tapHandler struct {
	tap *tap
	out slog.Handler
}

// Enabled is always true: the replies are logged at the lowest level.
func (tapHandler) Enabled(context.Context, slog.Level) bool { return true }

func (h tapHandler) Handle(ctx context.Context, r slog.Record) error {
	r.Attrs(h.tap.read)
	if !h.out.Enabled(ctx, r.Level) {
		return nil
	}
	clean := slog.NewRecord(r.Time, r.Level, scrub(r.Message, h.tap.token), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(h.tap.clean(a))
		return true
	})
	return h.out.Handle(ctx, clean)
}

func (h tapHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	var clean []slog.Attr
	for _, a := range attrs {
		clean = append(clean, h.tap.clean(a))
	}
	return tapHandler{tap: h.tap, out: h.out.WithAttrs(clean)}
}

func (h tapHandler) WithGroup(name string) slog.Handler {
	return tapHandler{tap: h.tap, out: h.out.WithGroup(name)}
}

func scrub(text, token string) string {
	if token == "" {
		return text
	}
	return strings.ReplaceAll(text, token, "[authtoken]")
}
