package io.ticketbridge.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.ticketbridge.config.LogFormat;
import org.slf4j.LoggerFactory;

/** Writes log lines as the settings say: text, as logback.xml has it, or JSON, one object a line. */
final class LogLines {
    private static final String OURS = "io.ticketbridge";

    private LogLines() {}

    static void sayOnlyWarnings() {
        level(Level.WARN);
    }

    static void sayEverything() {
        level(Level.INFO);
    }

    private static void level(Level level) {
        if (LoggerFactory.getLogger(OURS) instanceof Logger ours) {
            ours.setLevel(level);
        }
    }

    static void as(LogFormat format) {
        if (format != LogFormat.JSON || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        if (context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr")
                instanceof ConsoleAppender<ILoggingEvent> stderr) {
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.setWithSequenceNumber(false);
            encoder.setWithNanoseconds(false);
            encoder.setWithContext(false);
            encoder.setWithMessage(false);
            encoder.setWithArguments(false);
            encoder.setWithFormattedMessage(true);
            encoder.start();
            stderr.stop();
            stderr.setEncoder(encoder);
            stderr.start();
        }
    }
}
