using QuizAspire.AppHost.Infrastructure;

if (SynthesizeCommand.IsIn(args))
    return SynthesizeCommand.Run(args);

return 0;
