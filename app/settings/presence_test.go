package settings

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"shopbell/providers"
)

func TestQuietHoursMayPassMidnight(t *testing.T) {
	at := func(clock string) time.Time {
		day, err := time.Parse("15:04", clock)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	for _, c := range []struct {
		quiet Quiet
		clock string
		holds bool
	}{
		{"22:00-07:00", "22:00", true}, {"22:00-07:00", "03:00", true}, {"22:00-07:00", "06:59", true},
		{"22:00-07:00", "07:00", false}, {"22:00-07:00", "21:59", false},
		{"12:00-13:00", "12:30", true}, {"12:00-13:00", "13:00", false}, {"12:00-13:00", "11:59", false},
		{"", "03:00", false},
	} {
		if got := c.quiet.Holds(at(c.clock)); got != c.holds {
			t.Errorf("%q at %s: %v, expected %v", c.quiet, c.clock, got, c.holds)
		}
	}
}

func TestPresenceIsReadAndEditedInPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shopbell.toml")
	if s := Default(); !s.Notify.Failed || !s.Notify.Tunnel || !s.Notify.Shop || s.Window.Start != "shown" || s.Window.CloseToTray || s.Window.HidePersonal {
		t.Errorf("without a file it is %+v %+v", s.Notify, s.Window)
	}
	if err := os.WriteFile(file, []byte("[notify]\nshop = false # it restarts all day\nquiet = \"22:00-07:00\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for key, value := range map[string]any{"hide_personal": true, "close_to_tray": true, "start": "hidden"} {
		if err := Edit(file).Set("window", key, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := Edit(file).Set("window", "start", "minimised"); err == nil {
		t.Error("a wrong word was written")
	}
	s, err := Load(file, false, providers.Catalog{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Notify != (Notify{Failed: true, Tunnel: true, Quiet: "22:00-07:00"}) || !s.Window.CloseToTray || s.Window.Start != "hidden" || !s.Window.HidePersonal {
		t.Errorf("the file says %+v %+v", s.Notify, s.Window)
	}
}
