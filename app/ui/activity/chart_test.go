package activity

import (
	"math/rand/v2"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// minutes are counts of one capture in each of some minutes after noon.
func minutes(after ...int) Counts {
	return func(f func(time.Time, int, bool)) {
		for _, m := range after {
			f(noon.Add(time.Duration(m)*time.Minute), 1, m%7 == 0)
		}
	}
}

func TestAQuietHourIsShownByTheMinute(t *testing.T) {
	c := Count(minutes(), Range{}, noon)
	if len(c.Bars) != 60 || c.Step != time.Minute || !c.Start(60).Equal(noon.Add(time.Minute)) || c.Chosen {
		t.Errorf("%d bars of %v up to %v", len(c.Bars), c.Step, c.Start(60))
	}
}

func TestEveryCaptureIsInTheBarOfItsTime(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	zones := []*time.Location{time.UTC, time.FixedZone("", 5*3600+45*60), time.FixedZone("", -9*3600)}
	for range 300 {
		var at []int
		reach := 1 << (1 + random.IntN(22))
		for range random.IntN(50) {
			at = append(at, -random.IntN(reach))
		}
		now := noon.Add(time.Duration(random.IntN(59)) * time.Second).In(zones[random.IntN(3)])
		c := Count(minutes(at...), Range{}, now)
		if n := len(c.Bars); n == 0 || n > MostBars {
			t.Fatalf("%d bars", n)
		}
		if sum := c.Sum(0, MostBars); sum.All != len(at) {
			t.Fatalf("%d captures are shown, expected %d", sum.All, len(at))
		}
		for i, b := range c.Bars {
			want := Bar{}
			for _, m := range at {
				when := noon.Add(time.Duration(m) * time.Minute)
				if !when.Before(c.Start(i)) && when.Before(c.Start(i+1)) {
					want.All++
					if m%7 == 0 {
						want.Failed++
					}
				}
			}
			if b != want {
				t.Fatalf("bar %d from %v has %+v, expected %+v", i, c.Start(i), b, want)
			}
		}
		if !c.Start(len(c.Bars)).After(now) || c.Start(len(c.Bars)-1).After(now) {
			t.Fatalf("the last bar is from %v to %v, it is %v", c.Start(len(c.Bars)-1), c.Start(len(c.Bars)), now)
		}
	}
}

func TestDaysBeginAtMidnightAndWeeksOnMonday(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	for _, days := range []int{50, 100, 300} {
		from := noon.AddDate(0, 0, -days)
		c := span(from, noon, zone)
		if h, m, s := c.From.Clock(); h+m+s != 0 || c.From.After(from) {
			t.Errorf("%d days begin at %v", days, c.From)
		}
		if c.Step%(7*day) == 0 && c.From.Weekday() != time.Monday {
			t.Errorf("weeks begin on a %v", c.From.Weekday())
		}
	}
}

func TestAChosenRangeIsShownAlone(t *testing.T) {
	c := Count(minutes(-200, -30, -20, 10), Range{Since: noon.Add(-30 * time.Minute), Until: noon.Add(-20*time.Minute - 1)}, noon)
	if !c.Chosen || len(c.Bars) != 10 || c.Step != time.Minute || !c.From.Equal(noon.Add(-30*time.Minute)) {
		t.Errorf("%d bars of %v from %v", len(c.Bars), c.Step, c.From)
	}
	if sum := c.Sum(0, len(c.Bars)); sum.All != 1 {
		t.Errorf("%d captures are shown, expected 1", sum.All)
	}
}

func TestAWrongClockHidesNothing(t *testing.T) {
	c := Count(minutes(-5, 4_000_000_000), Range{}, noon)
	if c.Start(len(c.Bars)).After(noon.Add(2*day)) || c.Sum(0, MostBars).All != 1 {
		t.Errorf("it reaches to %v with %d captures", c.Start(len(c.Bars)), c.Sum(0, MostBars).All)
	}
	c = Count(func(f func(time.Time, int, bool)) {
		f(time.Unix(0, 0).AddDate(-1900, 0, 0), 1, false)
		f(noon, 1, false)
	}, Range{}, noon)
	if len(c.Bars) > MostBars || c.Sum(0, MostBars).All != 1 {
		t.Errorf("%d bars with %d captures", len(c.Bars), c.Sum(0, MostBars).All)
	}
}

func TestWordsNameTheTimeAndTheCounts(t *testing.T) {
	c := Count(minutes(-7, -7, -1), Range{}, noon)
	for got, want := range map[string]string{
		c.caption():       "11:01 – 12:01, 1 min a bar",
		c.says(52, 52):    "11:53 – 11:54: 2 received, 2 not verified",
		c.says(58, 59):    "11:59 – 12:01: 1 received",
		Chart{}.caption(): "",
	} {
		if got != want {
			t.Errorf("it says %q, expected %q", got, want)
		}
	}
	long := span(noon.AddDate(0, 0, -29), noon, time.UTC)
	if got, want := long.says(3, 3), "26 Oct 00:00 – 12:00: 0 received"; long.Step != 12*time.Hour || got != want {
		t.Errorf("in steps of %v it says %q, expected %q", long.Step, got, want)
	}
	year := span(noon.AddDate(-1, 0, 0), noon, time.UTC)
	if got, want := year.says(0, 0), "17 Nov 2025 – 23 Nov 2025: 0 received"; got != want {
		t.Errorf("in steps of %v it says %q, expected %q", year.Step, got, want)
	}
	long.Limit, long.Counting = 10_000, false
	if got, want := long.caption(), "24 Oct 12:00 – 23 Nov 00:00, the newest 10\u2009000 only"; got != want {
		t.Errorf("it says %q, expected %q", got, want)
	}
}
