package io.ticketbridge.console;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** Makes pages of templates. Whatever is filled in is escaped, unless a template says otherwise: none does (P38). */
final class Templates {
    private Configuration configuration;

    String fill(String name, Map<String, Object> model) {
        StringWriter page = new StringWriter(16_384);
        try {
            configuration().getTemplate(name + ".ftlh").process(model, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("The page " + name + " can't be made: " + e.getMessageWithoutStackTop(), e);
        }
        return page.toString();
    }

    /** With the first page: commands that serve none do not need it. */
    private synchronized Configuration configuration() {
        if (configuration == null) {
            Configuration made = new Configuration(Configuration.VERSION_2_3_34);
            made.setClassForTemplateLoading(Templates.class, "/console");
            made.setDefaultEncoding("UTF-8");
            made.setOutputFormat(HTMLOutputFormat.INSTANCE);
            made.setRecognizeStandardFileExtensions(true);
            made.setLocale(Locale.US);
            made.setNumberFormat(",##0");
            made.setTimeZone(TimeZone.getTimeZone("UTC"));
            made.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
            made.setLogTemplateExceptions(false);
            made.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
            made.setURLEscapingCharset("UTF-8");
            made.setSharedVariable(
                    "say", new freemarker.ext.beans.GenericObjectModel(new Say(), (freemarker.ext.beans.BeansWrapper)
                            made.getObjectWrapper()));
            configuration = made;
        }
        return configuration;
    }
}
