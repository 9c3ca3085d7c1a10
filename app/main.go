// Command shopbell receives webhooks on a laptop and says whether they hold.
package main

func main() {}
