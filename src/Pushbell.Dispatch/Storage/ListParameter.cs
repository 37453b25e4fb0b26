using System.Data;
using Dapper;

namespace Pushbell.Dispatch.Storage;

/// <summary>A list as one parameter, handed to the driver as it is: Dapper would spell it out into one parameter per value.</summary>
internal sealed class ListParameter(object value) : SqlMapper.ICustomQueryParameter
{
    public void AddParameter(IDbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
