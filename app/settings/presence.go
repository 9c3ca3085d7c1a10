package settings

import (
	"errors"
	"fmt"
	"time"
)

// Notify is the [notify] table: what is told on the desktop while the window
// does not have the user's eye.
type Notify struct {
	Failed bool  `toml:"failed"` // deliveries that did not verify
	Tunnel bool  `toml:"tunnel"` // the public tunnel went down, or is back
	Shop   bool  `toml:"shop"`   // the shop stopped answering, or is back
	Quiet  Quiet `toml:"quiet"`
}

// The keys of [notify], and the words of [window] start.
var (
	notifyKeys   = []string{"failed", "tunnel", "shop", "quiet"}
	windowStarts = []string{"shown", "hidden"}
)

// Quiet is the hours of every day without notifications, "22:00-07:00" in the
// time of this machine; "" is none.
type Quiet string

// Holds tells whether t is in the quiet hours: from the first time on, up to
// the second.
func (q Quiet) Holds(t time.Time) bool {
	from, to, err := q.minutes()
	if q == "" || err != nil {
		return false
	}
	now := t.Hour()*60 + t.Minute()
	if from < to {
		return now >= from && now < to
	}
	return now >= from || now < to
}

// errQuiet says what hours have to look like.
var errQuiet = errors.New("expected two different times of a day such as \"22:00-07:00\"")

// minutes are the two times in minutes of the day.
func (q Quiet) minutes() (from, to int, err error) {
	if len(q) != len("22:00-07:00") || q[5] != '-' {
		return 0, 0, errQuiet
	}
	begin, err := time.Parse("15:04", string(q[:5]))
	end, err2 := time.Parse("15:04", string(q[6:]))
	if err != nil || err2 != nil || begin.Equal(end) {
		return 0, 0, errQuiet
	}
	return begin.Hour()*60 + begin.Minute(), end.Hour()*60 + end.Minute(), nil
}

func (d *decoder) notify(key, place string, v value) {
	n := &d.settings.Notify
	switch key {
	case "failed":
		d.boolean(place, v, &n.Failed)
	case "tunnel":
		d.boolean(place, v, &n.Tunnel)
	case "shop":
		d.boolean(place, v, &n.Shop)
	case "quiet":
		text := ""
		if d.text(place, v, &text); d.wrong == nil {
			n.Quiet = Quiet(text)
			d.wrong = checkQuiet(place, n.Quiet)
		}
	}
}

func checkQuiet(place string, q Quiet) *finding {
	if q == "" {
		return nil
	}
	if _, _, err := q.minutes(); err != nil {
		return &finding{place, fmt.Sprintf("quiet is %s, %v", quote(string(q)), err),
			"Write both with two digits for the hour, or remove the line for no quiet hours."}
	}
	return nil
}
