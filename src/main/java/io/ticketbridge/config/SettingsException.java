package io.ticketbridge.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings can't be used; carries every problem at once. No secret is in it. */
public final class SettingsException extends RuntimeException {
    private final List<Problem> problems;

    SettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
