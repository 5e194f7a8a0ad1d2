package io.ticketbridge.dedupe;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.support.DefaultExchange;

/** What a filter asks a finding for in vain: each finding would be a dead letter. */
final class FilterNames {
    private static final String BEGIN = "${";
    private static final List<String> OF_THE_FINDING = List.of("${body.", "${body?.");

    private static final Finding MADE_UP = new Finding(
            "",
            "",
            "",
            "",
            new Resource("", "", ""),
            Result.FAIL,
            null,
            "",
            "",
            "",
            "",
            "",
            List.of(new Control("", "", "")),
            null,
            null,
            List.of(new Note("", "", Instant.EPOCH, "")));

    private FilterNames() {}

    /**
     * A sentence for each name that no finding has. What only some have, an attribute say, is none: nothing but a method that is
     * not there counts. Each function is asked by itself, so that what stands behind an {@code &&} is asked, too.
     */
    static Set<String> misspelt(String filter, CamelContext context) {
        Set<String> found = new LinkedHashSet<>();
        for (int at = filter.indexOf(BEGIN); at >= 0; at = filter.indexOf(BEGIN, at + 1)) {
            String function = function(filter, at);
            if (OF_THE_FINDING.stream().anyMatch(function::startsWith)
                    && !function.contains("bean:")
                    && !function.contains("ref:")) {
                ask(function, context, found);
            }
        }
        return found;
    }

    /** Up to the brace that closes it. */
    private static String function(String filter, int begin) {
        int open = 0;
        for (int at = begin; at < filter.length(); at++) {
            if (filter.startsWith(BEGIN, at)) {
                open++;
            } else if (filter.charAt(at) == '}' && --open == 0) {
                return filter.substring(begin, at + 1);
            }
        }
        return "";
    }

    private static void ask(String function, CamelContext context, Set<String> found) {
        try {
            Expression expression = context.resolveLanguage("simple").createExpression(function);
            expression.init(context);
            DefaultExchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(MADE_UP);
            expression.evaluate(exchange, Object.class);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof MethodNotFoundException missing && !(missing.getBean() instanceof Map)) {
                    found.add("asks for " + function + ", which " + lacking(missing.getBean()));
                    return;
                }
            }
        }
    }

    private static String lacking(Object bean) {
        if (bean == null) {
            return "is not there: correct its name";
        }
        String kind = bean.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String without = ("aeiou".indexOf(kind.charAt(0)) < 0 ? "a " : "an ") + kind + " does not have: ";
        RecordComponent[] names = bean.getClass().getRecordComponents();
        return names == null
                ? without + "correct its name"
                : without + "choose one of "
                        + Arrays.stream(names).map(RecordComponent::getName).toList();
    }
}
