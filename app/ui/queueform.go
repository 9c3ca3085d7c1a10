package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2/lang"

	"shopbell/inspector"
)

// newStuckChoice asks what becomes of those behind a delivery that the shop
// does not take.
func newStuckChoice(chosen string) *choice {
	return newChoice([]string{string(inspector.WhenStuckWait), string(inspector.WhenStuckPass)},
		[]string{lang.L("Those behind it wait"), lang.L("After 3 refusals others pass it")}, chosen, nil)
}

// newPlacesChoice asks how many deliveries may be at the shop at once. A number
// that only the config file can have is kept.
func newPlacesChoice(chosen int) *choice {
	numbers := []int{1, 2, 4, 8, 16, inspector.MaxConcurrency}
	if chosen > 1 && !slices.Contains(numbers, chosen) {
		numbers = append(numbers, chosen)
		slices.Sort(numbers)
	}
	var values, labels []string
	for _, n := range numbers {
		values, labels = append(values, strconv.Itoa(n)), append(labels, lang.L("{{.Count}}, in any order", counted(n)))
	}
	labels[0] = lang.L("One, in the order of arrival")
	return newChoice(values, labels, strconv.Itoa(chosen), nil)
}

// placesOf is what was chosen in a choice of newPlacesChoice.
func placesOf(c *choice) int {
	n, _ := strconv.Atoi(c.chosen) // its values are numbers
	return n
}
