package io.ticketbridge.engine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What would be printed with the log levels that the product ships with; nothing is printed meanwhile. */
public final class CapturedLog implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    public CapturedLog() {
        try {
            context.reset();
            JoranConfigurator shipped = new JoranConfigurator();
            shipped.setContext(context);
            shipped.doConfigure("src/main/resources/logback.xml");
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
        AppenderBase<ILoggingEvent> capture = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                event.prepareForDeferredProcessing();
                events.add(event);
            }
        };
        capture.setContext(context);
        capture.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(capture);
    }

    /** One line each, with the stack trace's beginning where there is one. */
    public List<String> lines(Level from) {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(from))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : " WITH STACK TRACE "
                                        + event.getThrowableProxy().getClassName()))
                .toList();
    }

    void clear() {
        events.clear();
    }

    @Override
    public void close() {
        try {
            context.reset();
            new ContextInitializer(context).autoConfig();
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }
}
