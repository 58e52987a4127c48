@echo off
rem Opens the start page in JupyterLab; the first time it also sets everything up (tools\start.py).
rem Looked for in this order: the environment from last time, the Python launcher, a Python on the PATH, conda.
rem Plain ASCII throughout, messages too: what code page the console has then does not matter.
setlocal EnableExtensions DisableDelayedExpansion
title blupkit
rem pushd gives a network folder a drive letter, which cd does not.
pushd "%~dp0"
if errorlevel 1 goto no_folder
rem Started from within a zip file, it stands alone in a temporary folder.
if not exist "tools\start.py" goto no_folder
rem Python says what it says in UTF-8, whatever the console has.
set "PYTHONUTF8=1"

set "NEW_ENOUGH=import sys; sys.exit(sys.version_info < (3, 11))"
if exist ".venv\Scripts\python.exe" if exist ".venv\made_from.lock" (
    fc /b "requirements.lock" ".venv\made_from.lock" >nul 2>&1
    if not errorlevel 1 (
        ".venv\Scripts\python.exe" "tools\start.py" %*
        goto done
    )
)
py -3 -c "%NEW_ENOUGH%" >nul 2>&1
if not errorlevel 1 (
    py -3 "tools\start.py" %*
    goto done
)
python -c "%NEW_ENOUGH%" >nul 2>&1
if not errorlevel 1 (
    python "tools\start.py" %*
    goto done
)

rem conda is on the PATH in its own window only; CONDA_EXE is set there, the usual folders are tried otherwise.
set "CONDA_BAT="
for %%D in ("%USERPROFILE%" "%LOCALAPPDATA%" "%ProgramData%") do for %%N in (miniforge3 miniconda3 anaconda3) do (
    if exist "%%~D\%%N\condabin\conda.bat" set "CONDA_BAT=%%~D\%%N\condabin\conda.bat"
)
if defined CONDA_EXE for %%C in ("%CONDA_EXE%") do if exist "%%~dpC..\condabin\conda.bat" set "CONDA_BAT=%%~dpC..\condabin\conda.bat"
if not defined CONDA_BAT goto no_python
set "CONDA_STEP=create"
call "%CONDA_BAT%" run -n blupkit python -V >nul 2>&1
if not errorlevel 1 set "CONDA_STEP=update"
fc /b "environment.yml" ".conda-environment" >nul 2>&1
if not errorlevel 1 if "%CONDA_STEP%"=="update" goto conda_ready
echo Conda henter pakkerne til blupkit. Det sker kun den ene gang og tager nogle minutter ...
call "%CONDA_BAT%" env %CONDA_STEP% -n blupkit -f "environment.yml"
if errorlevel 1 goto failed
copy /b /y "environment.yml" ".conda-environment" >nul
:conda_ready
call "%CONDA_BAT%" run --no-capture-output -n blupkit python "tools\start.py" %*

:done
if errorlevel 1 goto failed
popd
exit /b 0

:no_folder
echo Mappen med blupkit kan ikke bruges: "%~dp0"
echo Pak zip-filen ud i en almindelig mappe, for eksempel C:\blupkit, og start igen derfra.
pause
exit /b 1

:no_python
echo Python 3.11 eller nyere mangler. Hent det fra python.org eller med Miniforge, og start igen.
popd
pause
exit /b 1

:failed
echo Det lykkedes ikke. Se, hvad der blev skrevet ovenfor.
popd
pause
exit /b 1
