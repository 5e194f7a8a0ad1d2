package io.ticketbridge.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that all of it is reported at once. */
final class Problems {
    private static final int SHORTEST_SECRET = 4;

    private final List<Problem> found = new ArrayList<>();

    void add(String property, String rule, String remedy) {
        found.add(new Problem(property, rule, "", "", remedy));
    }

    void add(String property, String rule, String value, String origin, String remedy) {
        found.add(new Problem(property, rule, Masked.value(value), origin, remedy));
    }

    void missing(String property, String why, String remedy) {
        add(property, "is missing" + (why.isEmpty() ? "" : ", " + why), remedy);
    }

    /** What was found, in order of properties; a secret that was also written where it does not belong is masked there. */
    List<Problem> without(Collection<Secret> secrets) {
        return found.stream()
                .sorted(Comparator.comparing(Problem::property))
                .map(problem -> masked(problem, secrets))
                .toList();
    }

    private static Problem masked(Problem problem, Collection<Secret> secrets) {
        String value = problem.value();
        String remedy = problem.remedy();
        for (Secret secret : secrets) {
            if (secret.reveal().length() >= SHORTEST_SECRET) {
                String shown = Masked.value(secret.reveal());
                value = value.replace(shown, "***");
                remedy = remedy.replace(shown, "***");
            }
        }
        return new Problem(problem.property(), problem.rule(), value, problem.origin(), remedy);
    }
}
