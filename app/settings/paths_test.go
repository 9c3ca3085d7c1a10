package settings

import (
	"path/filepath"
	"testing"
)

func TestEveryPlatformHasItsPlaces(t *testing.T) {
	for _, c := range []struct {
		goos      string
		env       []string
		file, dir string
	}{
		{"linux", []string{"HOME=/h"}, "/h/.config/shopbell/shopbell.toml", "/h/.local/share/shopbell"},
		{"linux", []string{"HOME=/h", "XDG_CONFIG_HOME=/c", "XDG_DATA_HOME=/d"}, "/c/shopbell/shopbell.toml", "/d/shopbell"},
		{"darwin", []string{"HOME=/h", "XDG_CONFIG_HOME=/c"}, "/h/Library/Application Support/Shopbell/shopbell.toml", "/h/Library/Application Support/Shopbell"},
		{"windows", []string{"APPDATA=/r", "LOCALAPPDATA=/l"}, "/r/Shopbell/shopbell.toml", "/l/Shopbell"},
	} {
		env := environ{c.goos, c.env}
		file, err := defaultFile(c.goos, env)
		if err != nil || filepath.ToSlash(file) != c.file {
			t.Errorf("%s: got file %q (%v), expected %q", c.goos, file, err, c.file)
		}
		dir, err := defaultDir(c.goos, env)
		if err != nil || filepath.ToSlash(dir) != c.dir {
			t.Errorf("%s: got folder %q (%v), expected %q", c.goos, dir, err, c.dir)
		}
	}
}

func TestWithoutAHomeThereIsNoDefault(t *testing.T) {
	for _, goos := range []string{"linux", "darwin", "windows"} {
		if file, err := defaultFile(goos, environ{goos, nil}); err == nil {
			t.Errorf("%s: got %q, expected an error", goos, file)
		}
	}
}

func TestSizesAreReadInBothFamiliesOfUnits(t *testing.T) {
	for text, want := range map[string]int64{"2GB": 2e9, "500 MB": 5e8, "1GiB": 1 << 30, "1.5kB": 1500, "7": 7, "3tb": 3e12} {
		if got, err := ParseSize(text); err != nil || got != want {
			t.Errorf("%s: got %d (%v), expected %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "GB", "-1GB", "1.2.3GB", "1,5GB", "NaN", "99999999999TB", "1 lightyear", "1e9"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("%q: got %d, expected an error", text, got)
		}
	}
}
