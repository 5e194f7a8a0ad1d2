package io.ticketbridge.config;

/**
 * One thing that is wrong with the settings. Its text is one sentence with everything in it.
 *
 * @param property the key, or the name of the environment variable or file
 * @param rule what it breaks, as the end of a sentence ("must be at least 10s")
 * @param value what it is, fit to be shown; empty for secrets and for what is missing
 * @param origin where the value comes from if that is not {@code application.properties}, or empty
 * @param remedy what to change it to
 */
public record Problem(String property, String rule, String value, String origin, String remedy) {
    @Override
    public String toString() {
        return property + " " + rule + (value.isEmpty() ? "" : ", was " + value)
                + (origin.isEmpty() ? "" : " (from " + origin + ")")
                + (remedy.isEmpty() ? "" : ": " + remedy);
    }
}
