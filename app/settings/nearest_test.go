package settings

import "testing"

func TestNearestNameIsASlipAway(t *testing.T) {
	names := []string{"everifin", "truust", "tweed", "twisto", "yshop"}
	for wish, want := range map[string]string{
		"tweet": "tweed", "YSHOP": "yshop", "trust": "truust", "everfin": "everifin", "paypal": "", "": "",
	} {
		if got := Nearest(wish, names); got != want {
			t.Errorf("Nearest(%q) = %q, expected %q", wish, got, want)
		}
	}
}
